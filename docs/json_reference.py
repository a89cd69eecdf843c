"""Makes docs/json.md anew: python docs/json_reference.py"""

from __future__ import annotations

from pathlib import Path

from stockcheck.report.json_reference import reference

if __name__ == "__main__":
    Path(__file__).with_name("json.md").write_text(reference(), encoding="utf-8")
