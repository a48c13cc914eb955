"""The parts of the pages to practise on: predictions, the worksheet, the challenges."""
