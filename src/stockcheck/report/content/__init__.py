"""The result as content, before it has any looks: sentences, facts, and tables of typed columns.

What is said, in which order and of what, is decided here, once. A face renders it: `report.excel` as sheets,
`report.terminal` as lines. A face decides widths, fonts and paper, and which of the columns it has room for; it works
out nothing.
"""
