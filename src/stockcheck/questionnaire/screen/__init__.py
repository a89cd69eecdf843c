"""The full-screen face of the questionnaire: `app` puts it together, `panels` shows, `dialogs` ask."""
