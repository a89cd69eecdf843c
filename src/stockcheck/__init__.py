"""Score how well a depot of firearms or ammunition is secured, stored and accounted for."""

__version__ = "0.1.0"
#: The day on which this version was made, year-month-day: no clock that is right stands before it.
MADE = "2026-11-24"
