/** How far this machine's clock is from Slack's, as the Date header of each answer tells. A signature is good for five minutes. */
export function createSkew() {
  let seconds: number | undefined;

  return {
    /** In the place of `fetch`. */
    fetch: async (...request: Parameters<typeof fetch>): Promise<Response> => {
      const response = await fetch(...request);
      const theirs = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(theirs)) seconds = Math.round((Date.now() - theirs) / 1000);
      return response;
    },
    /** Above zero when this machine is ahead; undefined until Slack has answered. The header has no fractions. */
    seconds: () => seconds,
  };
}
