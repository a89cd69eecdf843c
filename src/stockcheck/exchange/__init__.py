"""What goes out as a workbook, is filled in elsewhere, and comes back: the questionnaire as a form, the action plan.

`contract` is what writer and reader of a form share, `plan_sheet` what those of the plan do. `plan` merges what was
read with what stands, three ways. It knows no report and no screen.
"""
