/** An instant as Magento writes it: UTC `YYYY-MM-DD HH:MM:SS`, without a zone. */
export const utcOf = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ')
