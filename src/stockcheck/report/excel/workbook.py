"""The sheets, put together in the order a commander reads them."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from stockcheck.language import date
from stockcheck.report.assessed import Assessed
from stockcheck.report.excel import cover, lists
from stockcheck.report.excel.cells import escaped, utc
from stockcheck.report.excel.layout import set_header_and_footer
from stockcheck.report.excel.styles import Looks
from stockcheck.report.output import CREATOR, DEMO


def build(assessed: Assessed, made: dt.datetime) -> Workbook:
    """The whole report in the language in use; `made` is the moment it bears, zone-aware."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    looks = Looks(workbook)
    for module in (cover, *cover.contents(assessed), lists):
        sheet = workbook.create_sheet(module.title())
        module.fill(sheet, looks, assessed, made)
        set_header_and_footer(
            sheet, marking=assessed.state.marking, depot=assessed.state.depot, date=date(assessed.state.on)
        )
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.keywords = DEMO if assessed.state.demo else None
    properties.title = escaped(f"{assessed.state.depot}: {assessed.checklist.title}")
    properties.created = properties.modified = utc(made)
    return workbook
