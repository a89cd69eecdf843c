"""Makes the example reports of the fictitious depot anew: python reports/make.py [FOLDER]"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from stockcheck import language
from stockcheck.assessed import score_opened
from stockcheck.assessment.file import open_file
from stockcheck.demo import make
from stockcheck.report import excel, html

HERE = Path(__file__).parent
NAMES = {"en": "example-gap-report", "es": "ejemplo-informe-de-brechas"}


def make_all(folder: Path) -> None:
    """Workbook and page in each language, of the depot that `stockcheck demo` makes."""
    for spoken, name in NAMES.items():
        with language.speaking(spoken), tempfile.TemporaryDirectory() as scratch:
            demo = make(Path(scratch))
            with open_file(demo.assessment) as file:
                found = score_opened(file, spoken)
            excel.write(found, folder / f"{name}.xlsx", force=True, made=demo.moment)
            html.write(found, folder / f"{name}.html", force=True, made=demo.moment)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
