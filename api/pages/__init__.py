"""The web pages: server-rendered, working without scripts, in one language that is kept in `texts/`."""
