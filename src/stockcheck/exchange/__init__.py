"""Answers by way of a workbook: the questionnaire as a form to print or to fill in, and its way back into the file.

It knows no report and no screen. `contract` is what writer and reader share.
"""
