"""How likely two records are the same goods (DECISIONS 54). Pure: no I/O but the model file beside the code."""
