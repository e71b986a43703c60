"""Where the pipeline lies on this machine."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from functools import cache
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


@cache
def model_version() -> str:
    """Version of the pipeline that comes with the package, with the beginning of a SHA-256 over its files."""
    folder = locate_model()
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{meta['name']} {meta['version']} ({digest.hexdigest()[:16]})"
