"""Where the pipeline lies on this machine."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from woo_anon.errors import MissingError

MODEL = "nl_woo_names"


def locate_model() -> Path:
    """The folder of the pipeline: in the installed package, or in the checkout of an editable install.

    Raises MissingError when neither holds one.
    """
    package = Path(str(importlib.resources.files("woo_anon")))
    for folder in (package / "models" / MODEL, package.parent.parent / "models" / MODEL):
        if (folder / "meta.json").is_file():
            return folder
    raise MissingError(
        f"The language model {MODEL} is missing.",
        "Install the wheel again, or train the model as models/README.md says.",
    )
