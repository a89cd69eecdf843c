"""Makes docs/report-data.md anew: python docs/report_data.py"""

from __future__ import annotations

from pathlib import Path

from stockcheck.report.data.reference import reference

if __name__ == "__main__":
    Path(__file__).with_name("report-data.md").write_text(reference(), encoding="utf-8")
