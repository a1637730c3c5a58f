/** The build puts them into the page's stylesheet. */
declare module '*.css';
