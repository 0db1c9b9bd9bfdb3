"""The workbook as plain records, one module per kind of sheet. Nothing here knows openpyxl: ``write.excel`` renders them."""
