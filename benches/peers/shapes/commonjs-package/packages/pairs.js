module.exports = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
