"""Excel as paper: how things look, text as data, widths and heights, one sheet being filled, and the file.

It knows nothing of what is reported. No text is lost for want of room: see `cuts`.
"""
