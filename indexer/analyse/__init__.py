"""Text into tokens: the one analysis that documents, queries and the matcher share. See README.md."""
