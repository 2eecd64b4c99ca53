"""What can go wrong on the way: kinds of fault, the plan that decides when, and how each is done to an answer."""
