"""The result as data: tables for programs, with the same names, codes and figures in every language.

`columns` has what a column is, the other modules the columns of each table with what they mean, `tables` all of them
and how they are filled; `reference` makes docs/report-data.md of the same columns. A face writes them down and works
nothing out.
"""
