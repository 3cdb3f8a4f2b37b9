"""What lists and searches need of each routine, kept from call to call."""
