"""Commands of the site as an operator gives them, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def manage(data_dir, *command, **variables):
    """Run a management command in a clean environment; return what ended."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, command)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
