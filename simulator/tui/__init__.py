"""The app in the terminal: home, the call, the debrief. The only room that knows Textual."""
