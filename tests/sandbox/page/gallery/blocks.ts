/** Every block and element once, as an app might send them; some of it hostile. */
const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (value: string, text: string, description?: string) => ({
  value,
  text: plain(text),
  ...(description && { description: plain(description) }),
});
const section = (text: string, more = {}) => ({ type: 'section', text: mrkdwn(text), ...more });
const button = (text: string, more = {}) => ({
  type: 'button',
  action_id: `press-${text}`,
  text: plain(text),
  ...more,
});
const words = (text: string, style?: Record<string, boolean>) => ({ type: 'text', text, ...(style && { style }) });
const line = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const cell = (text: string) => ({ type: 'raw_text', text });
const figure = (value: number) => ({ type: 'raw_number', value, text: String(value) });

const severities = [
  option('sev1', 'SEV1', 'A core journey is down'),
  option('sev2', 'SEV2', 'Many customers are hurt'),
  option('sev3', 'SEV3', 'Some customers are hurt'),
];

const confirm = {
  title: plain('Are you sure?'),
  text: mrkdwn('Everybody in *#incidents* is told that it is over.'),
  confirm: plain('Resolve'),
  deny: plain('Not yet'),
  style: 'danger',
};

const picture =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="360" height="160"%3E%3Crect width="360" height="160" fill="%233f0e40"/%3E%3Cpath d="M0 120 60 90 120 110 180 50 240 80 300 20 360 60" stroke="%23ecb22e" stroke-width="6" fill="none"/%3E%3C/svg%3E';
const image = { type: 'image', image_url: picture, alt_text: 'Errors a minute, rising' };

export const hostile = '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script>';

export const texts = [
  { type: 'header', text: plain('#7 Checkout is failing :rotating_light:') },
  section(
    '*Status* Investigating   *Severity* SEV2\n*Customers* feel it since <!date^1773140520^{date_short_pretty} at {time}|then>\nDeclared by <@U0000000ANA> in <#C1|general>, with <!subteam^S1>, <!here>',
  ),
  section(
    '*bold* _italic_ ~strike~ `code` *_both_* <https://example.com/status|status page> :tada: :wave::skin-tone-4: :no_such_emoji:',
  ),
  section(
    '&gt; Cards fail at payment;\n&gt; we are rolling back.\nAnd after it:\n```\nPOST /pay 502\n  at gateway:443\n```\n• one\n• two',
  ),
  section(`${hostile} <javascript:window.hacked=1|click> &lt;b&gt; &amp;amp;`),
  { type: 'divider' },
  section('', {
    text: undefined,
    fields: [
      mrkdwn('*Commander*\nAna Ruiz'),
      mrkdwn('*Service*\nCheckout'),
      mrkdwn('*Since*\n14:02'),
      mrkdwn('*Next update*\nin 20 minutes'),
    ],
  }),
  {
    type: 'context',
    elements: [image, mrkdwn(':warning: I could not *pin* the headline: Slack said no.'), plain('12 minutes ago')],
  },
  {
    type: 'rich_text',
    elements: [
      line(
        words('Rich '),
        words('bold', { bold: true }),
        words(' and '),
        words('code', { code: true }),
        words(' '),
        { type: 'user', user_id: 'U0000000BEN' },
        words(' '),
        { type: 'emoji', name: 'eyes' },
        words(' '),
        { type: 'link', url: 'https://example.com', text: 'a link' },
        words(' '),
        { type: 'broadcast', range: 'channel' },
        words(' '),
        { type: 'color', value: '#e01e5a' },
        words(' '),
        { type: 'date', timestamp: 1773140520, format: '{date_long_pretty}', fallback: 'then' },
      ),
      { type: 'rich_text_list', style: 'bullet', elements: [line(words('one')), line(words('two'))] },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        offset: 2,
        elements: [line(words('third')), line(words('fourth'))],
      },
      { type: 'rich_text_quote', elements: [words('Quoted, as it was said.')] },
      { type: 'rich_text_preformatted', elements: [words('SELECT 1;\n-- <b>')] },
    ],
  },
  {
    type: 'markdown',
    text: '## Markdown\n\n1. **bold** and _italic_\n   - inner `code`\n\n- [x] done\n\n|a|b|\n|-|-|\n|1|2|',
  },
];

export const actions = [
  section('An accessory', { accessory: button('Join', { style: 'primary' }) }),
  section('A picture beside', { accessory: image }),
  section('Choose', {
    accessory: { type: 'static_select', action_id: 'sev', options: severities, placeholder: plain('Severity') },
  }),
  section('More', {
    accessory: {
      type: 'overflow',
      action_id: 'more',
      options: [option('edit', 'Edit'), option('away', 'Merge into another', 'Both stay readable')],
    },
  }),
  {
    type: 'actions',
    elements: [
      button('Post update', { style: 'primary' }),
      button('Change status'),
      button('Resolve', { style: 'danger', confirm }),
      button('Busy', { action_id: 'busy' }),
      button('Status page', { url: 'https://example.com' }),
      button('Sixth'),
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'users_select', action_id: 'who', placeholder: plain('Commander') },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-03-10' },
      { type: 'timepicker', action_id: 'time', initial_time: '14:02' },
      { type: 'radio_buttons', action_id: 'felt', options: [option('yes', 'Yes'), option('no', 'No')] },
      {
        type: 'checkboxes',
        action_id: 'kinds',
        options: [option('private', 'Private', 'Only the invited'), option('practice', 'Practice')],
      },
    ],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'trash', icon: 'trash', text: plain('Delete') },
    ],
  },
];

const input = (block_id: string, label: string, element: object, more = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: block_id, ...element },
  ...more,
});

export const form = [
  input(
    'title',
    'What is wrong?',
    { type: 'plain_text_input', max_length: 80, placeholder: plain('Checkout fails for some customers') },
    { hint: plain('In customers’ words.') },
  ),
  input('severity', 'How severe?', { type: 'static_select', options: severities, initial_option: severities[1] }),
  input('grouped', 'Which region?', {
    type: 'static_select',
    option_groups: [
      { label: plain('Europe'), options: [option('mad', 'Madrid'), option('lon', 'London')] },
      { label: plain('Asia'), options: [option('tok', 'Tokyo')] },
    ],
  }),
  input(
    'services',
    'Which services?',
    {
      type: 'multi_static_select',
      options: [option('pay', 'Payments'), option('cart', 'Cart'), option('search', 'Search')],
      initial_options: [option('pay', 'Payments')],
      max_selected_items: 2,
    },
    { optional: true },
  ),
  input('external', 'Merge into', {
    type: 'external_select',
    min_query_length: 1,
    placeholder: plain('Search incidents'),
  }),
  input('people', 'Who helps?', { type: 'multi_users_select' }, { optional: true }),
  input('channel', 'Where?', { type: 'conversations_select' }),
  input('public', 'Announce in', { type: 'channels_select' }),
  input('felt', 'Do customers feel it?', {
    type: 'radio_buttons',
    options: [option('yes', 'Yes'), option('no', 'No, not yet'), option('unknown', 'Not known')],
    initial_option: option('unknown', 'Not known'),
  }),
  input('since', 'Since when?', { type: 'datetimepicker' }, { optional: true, hint: plain('The clock starts here.') }),
  input('day', 'Day', { type: 'datepicker' }),
  input('time', 'Time', { type: 'timepicker' }),
  input(
    'summary',
    'What do you know so far?',
    { type: 'plain_text_input', multiline: true, max_length: 3000 },
    { optional: true },
  ),
  input(
    'kind',
    'Anything special?',
    {
      type: 'checkboxes',
      options: [
        option('private', 'Private', 'Only people who are invited can see it'),
        option('practice', 'Practice', 'A drill: not announced, not counted'),
      ],
    },
    { optional: true },
  ),
  input('count', 'How many customers?', { type: 'number_input', is_decimal_allowed: false }),
  input('mail', 'Whom to write?', { type: 'email_text_input' }),
  input('page', 'Status page', { type: 'url_text_input' }),
  input('rich', 'Update', { type: 'rich_text_input' }),
  input('files', 'Screenshots', { type: 'file_input', max_files: 3 }, { optional: true }),
  input('wrong', 'A field with an error', { type: 'plain_text_input', initial_value: 'no' }),
];

export const newer = [
  { ...image, title: plain('Errors a minute') },
  { type: 'image', image_url: 'https://example.com/elsewhere.png', alt_text: 'A picture from elsewhere' },
  { type: 'alert', level: 'warning', text: mrkdwn('The error budget of *Checkout* is gone.') },
  { type: 'alert', level: 'error', text: mrkdwn('It is down.') },
  { type: 'alert', level: 'success', text: plain('It is over.') },
  { type: 'alert', level: 'info', text: plain('Updates go to #incidents.') },
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [cell('Service'), cell('Errors')],
      [{ type: 'rich_text', elements: [line(words('Checkout', { bold: true }))] }, cell('120')],
      [cell('Search'), cell('3')],
    ],
  },
  {
    type: 'data_table',
    caption: 'Incidents this month',
    page_size: 2,
    row_header_column_index: 0,
    rows: [
      [cell('Team'), cell('Incidents')],
      [cell('Pay'), figure(4)],
      [cell('Cart'), figure(12)],
      [cell('Search'), figure(1)],
    ],
  },
  {
    type: 'carousel',
    elements: [1, 2, 3].map((count) => ({
      type: 'card',
      block_id: `card-${count}`,
      title: plain(`Runbook ${count}`),
      subtitle: mrkdwn('_Payments_'),
      body: mrkdwn('Roll back, then look at the queue.'),
      actions: [button(`Open ${count}`)],
    })),
  },
  {
    type: 'container',
    title: plain('A container'),
    subtitle: plain('that folds'),
    is_collapsible: true,
    has_header_divider: true,
    child_blocks: [section('Inside *of it*'), { type: 'actions', elements: [button('Inner')] }],
  },
  {
    type: 'plan',
    title: 'Find the cause',
    tasks: [
      { task_id: '1', title: 'Read the logs', status: 'complete' },
      {
        task_id: '2',
        title: 'Compare deploys',
        status: 'in_progress',
        details: { type: 'rich_text', elements: [line(words('12 of 40'))] },
      },
      { task_id: '3', title: 'Ask payments', status: 'error' },
      { task_id: '4', title: 'Write it down' },
    ],
  },
  {
    type: 'data_visualization',
    title: 'Incidents by week',
    chart: {
      type: 'bar',
      axis_config: { categories: ['W1', 'W2', 'W3'] },
      series: [
        {
          name: 'SEV1',
          data: [
            { label: 'W1', value: 1 },
            { label: 'W2', value: 0 },
            { label: 'W3', value: 2 },
          ],
        },
        {
          name: 'SEV2',
          data: [
            { label: 'W1', value: 4 },
            { label: 'W2', value: 6 },
            { label: 'W3', value: 3 },
          ],
        },
      ],
    },
  },
  {
    type: 'data_visualization',
    title: 'By service',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Pay', value: 5 },
        { label: 'Cart', value: 3 },
        { label: 'Search', value: 1 },
      ],
    },
  },
  {
    type: 'video',
    title: plain('How to declare'),
    alt_text: 'A film',
    video_url: 'https://example.com/v',
    thumbnail_url: 'https://example.com/t.png',
    provider_name: 'Films',
    description: plain('Two minutes.'),
  },
  { type: 'file', external_id: 'ABCD1', source: 'remote' },
  { type: 'hologram', depth: 3 },
  { type: 'constructor' },
];
