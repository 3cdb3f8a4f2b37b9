"""The command line of audioguide, and what its voices spent.

Usage: python -m benchmarks.whole REPORT ARGUMENT... Writes to the file REPORT the seconds of a core that the
processes it started took.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from audioguide.cli import main as run


def main() -> None:
    """Run the command line with the arguments behind REPORT."""
    report = Path(sys.argv.pop(1))
    sys.argv[0] = "audioguide"
    try:
        run()
    finally:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        report.write_text(str(used.ru_utime + used.ru_stime), encoding="ascii")


if __name__ == "__main__":
    main()
