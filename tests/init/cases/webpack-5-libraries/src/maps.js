export const zoom = 3; log("maps");
