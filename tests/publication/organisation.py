"""What an invented publication of a real municipality would say of itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from woo_anon.settings import Settings, load

SETTINGS = """
[publication]
publisher = "https://identifier.overheid.nl/tooi/id/gemeente/gm0589"
publisher_name = "gemeente Oudewater"
category = "Woo-verzoeken en -besluiten"
document_kind = "beslisnota"
handling = "vaststelling"
handling_date = 2025-03-31
document_date = 2025-02-14
matter = "2025-01"
case_number = "777"
base_url = "https://open.oudewater.example/woo"
"""
_GIVEN = tomllib.loads(SETTINGS)["publication"]


def settings(**changed: Any) -> Settings:
    """These settings, with some changed, or left out where None."""
    values = {f"publication.{name}": value for name, value in (_GIVEN | changed).items() if value is not None}
    return load(values, environment={}, working_folder=Path("/"), user_folder=Path("/nowhere"))
