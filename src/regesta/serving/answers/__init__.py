"""From what an edition answers to the shapes that leave the house, one place for all doors."""
