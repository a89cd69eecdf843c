"""The full-screen face of the questionnaire: `app` puts it together, `panels` shows, `dialogs` ask."""

import os

# Textual paints once a frame, and reads how many of them to a second when it is imported. A person who answers three
# hundred questions should not wait for the next sixtieth of a second after each key.
os.environ.setdefault("TEXTUAL_FPS", "240")
