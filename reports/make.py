"""Makes the example reports of the fictitious depot anew: python reports/make.py [FOLDER]"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.report.excel import write

HERE = Path(__file__).parent
NAMES = {"en": "example-gap-report.xlsx", "es": "ejemplo-informe-de-brechas.xlsx"}


def make_all(folder: Path) -> None:
    """One report a language, of the depot that `stockcheck demo` makes."""
    for spoken, name in NAMES.items():
        with language.speaking(spoken), tempfile.TemporaryDirectory() as scratch:
            demo = make(Path(scratch))
            with open_file(demo.assessment) as file:
                found = score_opened(file, spoken)
            write(found, folder / name, force=True, made=demo.moment)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
