import "core-js/actual";
import { configureStore, createAsyncThunk, createEntityAdapter, createSelector, createSlice } from "@reduxjs/toolkit";
import { enableES5 } from "immer";

enableES5();
const load = createAsyncThunk("users/load", (id, { rejectWithValue }) =>
  id < 0 ? rejectWithValue("no such user") : Promise.resolve({ id, name: "user " + id }),
);
const adapter = createEntityAdapter();
const users = createSlice({
  name: "users",
  initialState: adapter.getInitialState({ error: null, clicks: 0 }),
  reducers: {
    clicked(state, { payload }) {
      state.clicks += payload;
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(load.fulfilled, adapter.upsertOne)
      .addCase(load.rejected, (state, { payload }) => {
        state.error = payload;
      }),
});
const store = configureStore({ reducer: { users: users.reducer }, devTools: false });
const names = createSelector(adapter.getSelectors((state) => state.users).selectAll, (all) => all.map(({ name }) => name));
const finish = done.async();
store.dispatch(users.actions.clicked(2));
Promise.all([store.dispatch(load(1)), store.dispatch(load(2)), store.dispatch(load(-1))])
  .then(([first]) => {
    assert.equal(first.meta.requestStatus, "fulfilled");
    assert.deepEqual(names(store.getState()), ["user 1", "user 2"]);
    assert.equal(store.getState().users.error, "no such user");
    assert.equal(store.getState().users.clicks, 2);
    log("ok");
  })
  .then(() => finish(), finish);
