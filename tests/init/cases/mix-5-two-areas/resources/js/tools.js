export const add = (word) => words.push(word);
