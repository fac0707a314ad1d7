"""Certificates (证书): a sheet that says what somebody passed, and that anybody can check without asking this house.

Knows no activity kind: what was passed comes through a port. Nobody's name is kept; whoever wants one on the sheet types
it, it is printed, and it is forgotten.
"""
