"""How editions leave the house: as folders of files, and as mail to one reader at a time."""

from newsletter.deliver.folder import OutputFolder

__all__ = ["OutputFolder"]
