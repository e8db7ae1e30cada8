"""Data only: months, offices, powers, kinds; each file says where it comes from."""
