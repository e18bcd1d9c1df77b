export const words = ['two', 'words'];
