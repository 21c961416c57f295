"""The campaigns in their short form: the same code, fewer trials, always the same seed."""

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests need fork and SIGKILL", allow_module_level=True)

sys.path.append(str(Path(__file__).parent))
