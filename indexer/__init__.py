"""The judgement: read titles, match offers into products, project them into the search engine. See README.md."""
