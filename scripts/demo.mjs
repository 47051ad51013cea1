export const demo = async () => 1;
