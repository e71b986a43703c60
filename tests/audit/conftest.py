"""The makers of small PDFs of the other tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]
