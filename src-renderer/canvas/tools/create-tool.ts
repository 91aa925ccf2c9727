import { AreaTool, elliptic, free, rectangular } from './area-tool.ts';
import { BrushTool } from './brush-tool.ts';
import { PolygonTool } from './polygon-tool.ts';
import type { MaskToolName, Tool, ToolContext } from './tool.ts';
import { WandTool } from './wand-tool.ts';

/** The tool of that name on the mask; null for the hand, which moves the sight and no pixel. */
export function createTool(name: MaskToolName, context: ToolContext): Tool | null {
  switch (name) {
    case 'brush':
      return new BrushTool(context, false);
    case 'eraser':
      return new BrushTool(context, true);
    case 'rectangle':
      return new AreaTool(context, rectangular);
    case 'ellipse':
      return new AreaTool(context, elliptic);
    case 'lasso':
      return new AreaTool(context, free);
    case 'polygon':
      return new PolygonTool(context);
    case 'wand':
      return new WandTool(context);
    case 'hand':
      return null;
  }
}
