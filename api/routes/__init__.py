"""The routes: thin; what they answer is made in `api/results.py` and `api/views.py`."""
