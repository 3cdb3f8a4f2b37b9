"""What is installed, where things lie, and whether the whole path works on this machine."""
