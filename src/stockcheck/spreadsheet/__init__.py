"""Excel as paper, both ways; nothing here knows what is reported.

Written: how things look, text as data, widths and heights, one sheet being filled, and the file. No text is lost for
want of room: see `cuts`. Read: what somebody sends back, bounded before anything is unpacked: `container` (the file),
`parts` (the XML in it) and `reading` (values and names, which is what others use).
"""
