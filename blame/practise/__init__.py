"""Questions, the worksheet, challenges and the glossary: what a reader practises on."""
