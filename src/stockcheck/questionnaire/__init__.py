"""The questionnaire: one engine (`session`, `reading`), two faces on it (`plain`, `screen`)."""
