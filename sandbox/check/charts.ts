/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
import { type Json, objectOf, objects, strings } from '../json.ts';
import { also, type Fields, list, number, type Problem, type Rule, shape, text, typed, when } from './rules.ts';

const name = text(20);
const series = list(shape({ name, data: list(shape({ label: name, value: number }), 20) }), 6);
const axes = shape({ categories: list(name, 20) }, { x_label: text(50), y_label: text(50) });

const positive: Rule = (value, pointer) => {
  const wrong = number(value, pointer);
  return wrong.length > 0 ? wrong : when(Number(value) <= 0, pointer, 'must be greater than 0');
};

/** Every series has its own name and one point per category. */
function seriesFit(chart: Json, pointer: string): Problem[] {
  const categories = strings(objectOf(chart.axis_config).categories);
  const names = objects(chart.series).map((one) => one.name);
  return objects(chart.series).flatMap((one, index) => {
    const at = `${pointer}/series/${index}`;
    const labels = objects(one.data).map((point) => point.label);
    const fits = labels.length === categories.length && categories.every((category) => labels.includes(category));
    return [
      ...when(names.indexOf(one.name) !== index, `${at}/name`, 'must be unique'),
      ...when(!fits, `${at}/data`, 'must have one data point per category'),
    ];
  });
}

const lines = also(shape({ series, axis_config: axes }), seriesFit);

const kinds: Fields = {
  line: lines,
  bar: lines,
  area: lines,
  pie: shape({ segments: list(shape({ label: name, value: positive }), 6) }),
};

export const chartFields = { title: text(50), chart: typed(kinds) };
