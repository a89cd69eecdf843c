"""What goes out as a workbook, is filled in elsewhere, and comes back: the action plan.

`plan_sheet` is the contract between who writes the plan and who reads it, `plan_reading` reads a workbook by it, and
`plan` merges what was read with what stands, three ways. Nothing here writes to an assessment.
"""
