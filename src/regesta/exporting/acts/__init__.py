"""The ledger of acts as tables and as annotations."""
