import { FRAGMENT, VERTEX } from './shaders';

/** Floats an instance: place x, y; angle; shape, state, marks. */
export const STRIDE = 6;

/** The compiled marker program with its buffers, in one WebGL context. */
export class MarkerProgram {
  private readonly program: WebGLProgram;
  private readonly instances: WebGLBuffer;
  private readonly vertexArray: WebGLVertexArrayObject;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = link(gl);
    this.instances = gl.createBuffer();
    this.vertexArray = gl.createVertexArray();
    gl.bindVertexArray(this.vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.instances);
    this.attribute(1, 2, 0);
    this.attribute(2, 1, 2);
    this.attribute(3, 3, 3);
    gl.bindVertexArray(null);
  }

  /** Draws `count` instances into the whole canvas, of `width` × `height` CSS px at `ratio`, marks at `scale`. */
  draw(
    data: Float32Array,
    count: number,
    view: { width: number; height: number; ratio: number; scale: number; palette: Float32Array },
  ): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.uniform2f(gl.getUniformLocation(this.program, 'viewport'), view.width, view.height);
    gl.uniform1f(gl.getUniformLocation(this.program, 'ratio'), view.ratio);
    gl.uniform1f(gl.getUniformLocation(this.program, 'scale'), view.scale);
    gl.uniform4fv(gl.getUniformLocation(this.program, 'palette'), view.palette);
    gl.bindVertexArray(this.vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.instances);
    gl.bufferData(gl.ARRAY_BUFFER, data.subarray(0, count * STRIDE), gl.STREAM_DRAW);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.bindVertexArray(null);
  }

  private attribute(location: number, size: number, offset: number): void {
    const { gl } = this;
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, STRIDE * 4, offset * 4);
    gl.vertexAttribDivisor(location, 1);
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) {
      throw new Error('no shader: the WebGL context is lost');
    }
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`marker shaders: ${gl.getProgramInfoLog(program) ?? 'not linked'}`);
  }
  return program;
}
