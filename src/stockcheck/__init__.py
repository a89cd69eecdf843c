"""Score how well a depot of firearms or ammunition is secured, stored and accounted for."""

__version__ = "0.1.0"
