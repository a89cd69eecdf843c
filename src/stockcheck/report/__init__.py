"""A scorecard for people and programs: Excel, JSON, terminal text. Nothing here knows how answers are kept."""
